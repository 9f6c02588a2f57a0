import { buffer } from 'node:stream/consumers'
import { Worker } from 'node:worker_threads'

/**
 * The process in which one file is read, started by `text-of.ts`. It has nothing to lose: no rights to write, to start
 * a program or to reach the database. Its main thread does nothing but watch how much memory the reading takes, which no
 * limit of the engine covers, because unpacked bytes are not on its heap.
 */
const [format, mostMb] = [process.argv[2] ?? '', Number(process.argv[3])]

const answer = (said: object): void => {
  process.stdout.write(JSON.stringify(said), () => process.exit(0))
}

const file = await buffer(process.stdin)
const worker = new Worker(new URL('./reading.ts', import.meta.url), {
  workerData: { file, format },
  resourceLimits: { maxOldGenerationSizeMb: Math.floor(mostMb / 2), stackSizeMb: 4 },
})
worker.on('message', answer)
worker.on('error', (error: NodeJS.ErrnoException) =>
  answer({ reason: error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too_large' : 'broken' }),
)
setInterval(() => {
  if (process.memoryUsage.rss() > mostMb * 1024 * 1024) answer({ reason: 'too_large' })
}, 50)
