/** Words of complaints. */
export const en = {
  'event.case.complaint_acknowledged': 'acknowledged the complaint (stage {{stage}})',
  'event.case.complaint_answered': 'answered stage {{stage}} of the complaint',
  'event.case.complaint_assessed': 'assessed the complaint',
  'event.case.complaint_begun': 'handles this as a complaint, received on {{day}}',
  'event.case.complaint_closed': 'closed the complaint',
  'event.case.complaint_escalated': 'took the complaint on to stage {{stage}}',
  'event.case.complaint_extended': 'took more time for the complaint, with the reason',
  'event.case.complaint_investigated': 'noted who looks into the complaint and what they found',
  'event.case.complaint_updated': 'told them how far the complaint is',
}
