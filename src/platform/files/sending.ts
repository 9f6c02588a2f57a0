import type { FastifyReply } from 'fastify'
import { shownInline } from './store.ts'

/** Served so that a browser can do nothing with it but show a picture or save it. */
export const sendFile = (
  reply: FastifyReply,
  file: { name: string; type: string; size: number },
  content: NodeJS.ReadableStream,
): FastifyReply => {
  const inline = shownInline.has(file.type)
  return reply
    .header('content-type', inline ? file.type : 'application/octet-stream')
    .header(
      'content-disposition',
      `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    )
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
    .header('cache-control', 'private, max-age=3600')
    .header('content-length', file.size)
    .send(content)
}
