/** Purchases: what is said of them on screen and in histories. */
export const en = {
  'event.purchase.recorded': 'recorded purchase {{number}}',
  'event.purchase.changed': 'changed purchase {{number}}',
  'event.purchase.delivered': 'noted that purchase {{number}} was delivered',
  'event.purchase.imported': 'brought in {{purchases}} purchases',
  'event.purchase.import_undone': 'took back a file of purchases',
}
