/** Whether an operator belongs to the demonstration, and whether all of it is there: a filling that was killed is gone on with. */
export function demonstration(): string {
  return `alter table operator add column demonstration text check (demonstration in ('filling', 'filled'));
    grant update (demonstration) on operator to svar_job;`
}
