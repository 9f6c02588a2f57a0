import { sayDay } from '../../platform/calendar/index.ts'
import { asText, type Sentences } from '../../platform/events/telling.ts'

const none = () => ({})
const stage: Sentences[string] = ({ data }) => ({ stage: asText(data.stage) })

export const sentences: Sentences = {
  'case.complaint_begun': ({ data }) => ({ day: sayDay(asText(data.receivedOn)) }),
  'case.complaint_assessed': none,
  'case.complaint_acknowledged': stage,
  'case.complaint_updated': none,
  'case.complaint_investigated': none,
  'case.complaint_answered': stage,
  'case.complaint_extended': none,
  'case.complaint_escalated': stage,
  'case.complaint_closed': none,
}
