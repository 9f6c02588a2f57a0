import type { UseFormReturnType } from '@mantine/form'
import type { Problem } from '../call.ts'
import { say, useSay } from '../language/index.ts'
import { Notice } from './notice.tsx'

/** A problem as one sentence, whoever is to blame for it. */
export const sentenceOf = (problem: Problem | Error): string => {
  if (!('status' in problem)) return say('problem.unknown')
  if (problem.status === 0) return say('problem.offline')
  if (problem.status === 429) return say('problem.throttled')
  return problem.message || say('problem.unknown')
}

/** Above a form: what was refused. Fields a form shows carry their own sentence. */
export const ProblemNote = ({ problem, shown = [] }: { problem: Problem | null | undefined; shown?: string[] }) => {
  useSay()
  if (!problem) return null
  // Only of what was filled in wrongly is each field named; anything else is one sentence.
  const named = problem.status === 422 ? problem.errors : []
  const rest = named.filter(error => !shown.includes(error.field))
  return (
    <Notice tone="bad" alert>
      {rest.length > 0 ? (
        <ul>
          {rest.map(error => (
            <li key={error.field + error.message}>
              {error.field ? `${error.field}: ${error.message}` : error.message}
            </li>
          ))}
        </ul>
      ) : (
        <p>{named.length > 0 ? say('problem.fields') : sentenceOf(problem)}</p>
      )}
    </Notice>
  )
}

/** Puts the server's sentences beside the fields they are about. */
export const showFieldErrors = <V extends Record<string, unknown>>(form: UseFormReturnType<V>, problem: Problem) => {
  for (const { field, message } of problem.errors) if (field) form.setFieldError(field, message)
}
