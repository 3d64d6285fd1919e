/** Onboarding: the checklists an organization goes through with an add-on, who ticked what, and who got stuck. */
export { checklistsInShort } from './follow.ts'
export { markOwnStep, markStepFor } from './mark-step.ts'
export { checklistPanel } from './web/checklist-panel.tsx'
export { ChecklistsInShort } from './web/in-short.tsx'
