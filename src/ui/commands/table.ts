import type { TextKey } from '../language/index.ts'

export type Scope = 'anywhere' | 'queue' | 'case' | 'desk'
type Command = { scope: Scope; label: TextKey; key: string }

/**
 * Everything that can be done by a key, said once: the palette, the list under `?`, the hints in menus and the account
 * page read it here. Screens say how a command is carried out while they are there (`useCommands`). A key is a sign as it
 * is printed (`r`, `/`), `Shift+x`, or two signs one after the other (`g i`); what is done seldom has none until somebody
 * gives it one.
 */
export const commands = {
  search: { scope: 'anywhere', label: 'command.search', key: '/' },
  help: { scope: 'anywhere', label: 'command.help', key: '?' },
  log: { scope: 'anywhere', label: 'shell.log', key: 'c' },
  undo: { scope: 'anywhere', label: 'command.undo', key: 'z' },
  'go.queue': { scope: 'anywhere', label: 'command.go.queue', key: 'g i' },
  'go.mine': { scope: 'anywhere', label: 'command.go.mine', key: 'g m' },
  'go.unassigned': { scope: 'anywhere', label: 'command.go.unassigned', key: 'g u' },
  'go.diary': { scope: 'anywhere', label: 'command.go.diary', key: 'g t' },
  'go.promises': { scope: 'anywhere', label: 'command.go.promises', key: 'g d' },
  'go.counter': { scope: 'anywhere', label: 'command.go.counter', key: 'g c' },
  'go.people': { scope: 'anywhere', label: 'command.go.people', key: 'g p' },
  'go.catalogue': { scope: 'anywhere', label: 'command.go.catalogue', key: 'g o' },
  'go.knowledge': { scope: 'anywhere', label: 'command.go.knowledge', key: 'g k' },
  'go.notifications': { scope: 'anywhere', label: 'command.go.notifications', key: 'g n' },
  'go.requests': { scope: 'anywhere', label: 'command.go.requests', key: 'g r' },
  'go.referrals': { scope: 'anywhere', label: 'command.go.referrals', key: 'g d' },
  'go.settings': { scope: 'anywhere', label: 'command.go.settings', key: 'g s' },
  'go.account': { scope: 'anywhere', label: 'command.go.account', key: 'g a' },
  'go.views': { scope: 'queue', label: 'command.go.views', key: 'g v' },
  'row.next': { scope: 'queue', label: 'command.row.next', key: 'j' },
  'row.previous': { scope: 'queue', label: 'command.row.previous', key: 'k' },
  'row.open': { scope: 'queue', label: 'command.row.open', key: 'o' },
  'row.select': { scope: 'queue', label: 'command.row.select', key: 'x' },
  'row.range': { scope: 'queue', label: 'command.row.range', key: 'Shift+x' },
  'row.all': { scope: 'queue', label: 'command.row.all', key: 'Shift+a' },
  'rows.change': { scope: 'queue', label: 'command.rows.change', key: 'Shift+c' },
  'row.why': { scope: 'queue', label: 'command.row.why', key: 'w' },
  'list.refresh': { scope: 'queue', label: 'command.list.refresh', key: 'Shift+l' },
  'list.layout': { scope: 'queue', label: 'command.list.layout', key: 'Shift+w' },
  'play.next': { scope: 'queue', label: 'queue.next', key: 'Shift+j' },
  'play.skip': { scope: 'queue', label: 'command.play.skip', key: 'Shift+k' },
  reply: { scope: 'case', label: 'command.reply', key: 'r' },
  note: { scope: 'case', label: 'command.note', key: 'n' },
  heard: { scope: 'case', label: 'command.heard', key: 'v' },
  forward: { scope: 'case', label: 'command.forward', key: 'f' },
  assign: { scope: 'case', label: 'command.assign', key: 'a' },
  assignMe: { scope: 'case', label: 'command.assignMe', key: 'i' },
  status: { scope: 'case', label: 'command.status', key: 's' },
  severity: { scope: 'case', label: 'command.severity', key: 'p' },
  team: { scope: 'case', label: 'command.team', key: 'Shift+t' },
  unmet: { scope: 'case', label: 'command.unmet', key: 'Shift+u' },
  kind: { scope: 'case', label: 'command.kind', key: '' },
  topic: { scope: 'case', label: 'command.topic', key: '' },
  stage: { scope: 'case', label: 'command.stage', key: '' },
  confidential: { scope: 'case', label: 'command.confidential', key: '' },
  subject: { scope: 'case', label: 'command.subject', key: '' },
  tags: { scope: 'case', label: 'command.tags', key: 't' },
  link: { scope: 'case', label: 'command.link', key: 'l' },
  merge: { scope: 'case', label: 'command.merge', key: 'm' },
  split: { scope: 'case', label: 'command.split', key: 'Shift+s' },
  handOver: { scope: 'case', label: 'command.handOver', key: 'Shift+h' },
  promise: { scope: 'case', label: 'case.promise.make', key: 'Shift+p' },
  book: { scope: 'case', label: 'booking.book', key: 'd' },
  snooze: { scope: 'case', label: 'command.snooze', key: 'h' },
  close: { scope: 'case', label: 'command.close', key: 'e' },
  closeNext: { scope: 'case', label: 'command.closeNext', key: 'Shift+e' },
  give: { scope: 'case', label: 'command.give', key: 'Shift+g' },
  refer: { scope: 'case', label: 'command.refer', key: 'Shift+r' },
  follow: { scope: 'case', label: 'command.follow', key: 'Shift+f' },
  articleText: { scope: 'case', label: 'command.articleText', key: 'b' },
  articleLink: { scope: 'case', label: 'command.articleLink', key: 'Shift+b' },
  copyLink: { scope: 'case', label: 'case.copyLink', key: 'y' },
  copyNumber: { scope: 'case', label: 'case.copyNumber', key: '.' },
  back: { scope: 'case', label: 'command.back', key: 'u' },
  'desk.approve': { scope: 'desk', label: 'command.desk.approve', key: '1' },
  'desk.less': { scope: 'desk', label: 'command.desk.less', key: '2' },
  'desk.decline': { scope: 'desk', label: 'command.desk.decline', key: '3' },
  'desk.advise': { scope: 'desk', label: 'command.desk.advise', key: '4' },
  'desk.take': { scope: 'desk', label: 'command.desk.take', key: '5' },
  'desk.pass': { scope: 'desk', label: 'command.desk.pass', key: '6' },
} as const satisfies Record<string, Command>

export type CommandName = keyof typeof commands
export const commandNames = Object.keys(commands) as CommandName[]
export const scopes = ['anywhere', 'queue', 'case', 'desk'] as const satisfies Scope[]
