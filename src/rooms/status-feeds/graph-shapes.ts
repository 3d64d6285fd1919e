import type { Members } from '../../api/odata-match.ts'

const moment = 'moment'

/** What a list of each may be filtered and sorted by; `details` cannot, as with the original. */
export const ISSUE_SHAPE: Members = {
  members: {
    id: 'string',
    title: 'string',
    startDateTime: moment,
    endDateTime: moment,
    lastModifiedDateTime: moment,
    classification: 'word',
    feature: 'string',
    featureGroup: 'string',
    impactDescription: 'string',
    isResolved: 'boolean',
    origin: 'word',
    service: 'string',
    status: 'word',
  },
}
export const OVERVIEW_SHAPE: Members = { members: { id: 'string', service: 'string', status: 'word' } }
export const MESSAGE_SHAPE: Members = {
  members: {
    id: 'string',
    title: 'string',
    startDateTime: moment,
    endDateTime: moment,
    lastModifiedDateTime: moment,
    actionRequiredByDateTime: moment,
    category: 'word',
    severity: 'word',
    services: { list: 'string' },
    tags: { list: 'string' },
    isMajorChange: 'boolean',
    hasAttachments: 'boolean',
  },
}
