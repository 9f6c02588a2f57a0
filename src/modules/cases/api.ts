import type { Tell } from '../../platform/events/telling.ts'
import { sendFile } from '../../platform/files/sending.ts'
import { api, edge, read, work } from '../../platform/http/api.ts'
import { uploaded } from '../../platform/http/uploaded.ts'
import type { Surroundings } from '../../platform/module.ts'
import { anonymous } from '../../platform/permissions/actor.ts'
import { attach, attachmentById, detach } from './attaching.ts'
import { changeCase, follow } from './changing.ts'
import { answerCheck, closingCheck, customerOf } from './closing.ts'
import { addCustomField, customFieldsOf, fieldList, topicsOf } from './configuring.ts'
import { cases } from './contract.ts'
import { viewCounts } from './counting.ts'
import { draftsOf, saveDraft } from './drafting.ts'
import { exportCases } from './exporting.ts'
import { mailHtml } from './mailHtml.ts'
import { openCase } from './opening.ts'
import { notePresence, noteSeen } from './presence.ts'
import { listCases } from './queries.ts'
import { assertVisible, caseById, messagesOf } from './reading.ts'
import { search } from './searching.ts'
import { timelineOf } from './timeline.ts'
import { undoMessage } from './undoing.ts'
import { addView, changeView, removeView, viewsOf } from './viewing.ts'
import { receive, write } from './writing.ts'

/** @param key signs the links of closing checks */
export const casesApi = ({ files }: Pick<Surroundings, 'files'>, key: Buffer, tell: Tell) =>
  api(cases, {
    list: read(listCases),
    open: work(async (w, input) => openCase(w, { ...input, message: input.message })),
    get: work(async (w, { id }) => {
      const reading = { db: w.tx, actor: w.actor, now: w.now }
      const kase = await caseById(reading, id)
      w.record({
        type: 'person.read_in_case',
        subject: { kind: 'person', id: kase.requester.id },
        data: { caseId: id },
      })
      return kase
    }),
    change: work(changeCase),
    messages: read(messagesOf),
    write: work(write),
    undoMessage: work((w, { id }) => undoMessage(w, id)),
    receive: work((w, { id, ...received }) => receive(w, id, received)),
    timeline: read(async (reading, { id }) => ({ items: await timelineOf(reading, id, tell) })),
    seen: work(noteSeen),
    presence: work(notePresence),
    follow: work(follow),
    drafts: read((reading, { id }) => draftsOf(reading, id)),
    saveDraft: work(saveDraft),
    views: read(async reading => ({ items: await viewsOf(reading) })),
    counts: read(async reading => viewCounts(reading, await viewsOf(reading))),
    addView: work(addView),
    changeView: work(changeView),
    removeView: work((w, { id }) => removeView(w, id)),
    fields: read(async reading => ({ items: await fieldList(reading) })),
    topics: read(async reading => ({ items: await topicsOf(reading) })),
    customFields: read(async reading => ({ items: await customFieldsOf(reading) })),
    addCustomField: work(addCustomField),
    attach: edge(async ({ kernel, actor, request }, { id }) => {
      const { id: caseId } = await kernel.read(actor, reading => assertVisible(reading, id))
      return attach(kernel, files, actor, await uploaded(request), { caseId }, request.id)
    }),
    attachToDraft: edge(async ({ kernel, actor, request }, { id, kind }) => {
      const { id: caseId } = await kernel.read(actor, reading => assertVisible(reading, id))
      return attach(kernel, files, actor, await uploaded(request), { caseId, draftKind: kind }, request.id)
    }),
    attachNew: edge(async ({ kernel, actor, request }) =>
      attach(kernel, files, actor, await uploaded(request), { caseId: null }, request.id),
    ),
    detach: work((w, { id }) => detach(w, id)),
    attachment: edge(async ({ kernel, actor, reply }, { id }) => {
      const file = await kernel.read(actor, reading => attachmentById(reading, id))
      return sendFile(reply, file, files.open(file.sha256))
    }),
    messageHtml: edge(async ({ kernel, actor, reply }, { id, images }) => {
      const html = await kernel.read(actor, reading => mailHtml(reading, id, images === '1'))
      const sources = images === '1' ? "'self' data: https: http:" : "'self' data:"
      return reply
        .header(
          'content-security-policy',
          `default-src 'none'; style-src 'unsafe-inline'; img-src ${sources}; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox`,
        )
        .header('referrer-policy', 'no-referrer')
        .header('cache-control', 'private, no-store')
        .type('text/html; charset=utf-8')
        .send(html)
    }),
    search: read(async (reading, input) => ({ items: await search(reading, input) })),
    exportCases: edge(async ({ kernel, actor, reply, request }) => {
      const lines = await exportCases(kernel, actor, request.id)
      return reply
        .type('application/x-ndjson')
        .header('content-disposition', 'attachment; filename="cases.jsonl"')
        .send(lines)
    }),
    closingCheck: read((reading, { token }) => closingCheck(reading, key, token)),
    answerClosingCheck: edge(async ({ kernel, request }, input) => {
      const customer = await kernel.read(anonymous, reading => customerOf(reading, key, input.token))
      return kernel.work(customer, w => answerCheck(w, key, input), request.id)
    }),
  })
