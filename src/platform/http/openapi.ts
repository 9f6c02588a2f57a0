import type { FastifySchema } from 'fastify'
import * as z from 'zod'
import type { AnyOperation } from '../../shared/contract.ts'

type JsonSchema = Record<string, unknown>

/** A schema that refers to itself cannot stand inside a route: where it begins again it is any object. */
const withoutReferences = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(item => withoutReferences(item))
  if (typeof node !== 'object' || node === null) return node
  const schema = node as JsonSchema
  if (typeof schema.$ref === 'string') return { type: 'object', description: schema.$ref.split('/').at(-1) ?? '' }
  const rest = Object.entries(schema).filter(([key]) => key !== '$defs')
  return Object.fromEntries(rest.map(([key, value]) => [key, withoutReferences(value)]))
}

const schemaOf = (type: z.ZodType, io: 'input' | 'output'): JsonSchema => {
  const { $schema: _, ...schema } = z.toJSONSchema(type, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
  }) as JsonSchema
  return withoutReferences(schema) as JsonSchema
}

const pick = (schema: JsonSchema, keep: (name: string) => boolean): JsonSchema | null => {
  const properties = Object.fromEntries(
    Object.entries((schema.properties ?? {}) as JsonSchema).filter(([name]) => keep(name)),
  )
  if (Object.keys(properties).length === 0) return null
  const required = ((schema.required ?? []) as string[]).filter(keep)
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}) }
}

/** How an operation is described in the OpenAPI document: its flat input split into path, query and body. */
export const describeRoute = (name: string, operation: AnyOperation, inPath: readonly string[]): FastifySchema => {
  const input = schemaOf(operation.input, 'input')
  const params = pick(input, field => inPath.includes(field))
  const rest = pick(input, field => !inPath.includes(field))
  const inQuery = operation.method === 'GET' || operation.method === 'DELETE'
  const problem = {
    description: 'A problem as of RFC 9457',
    type: 'object',
    properties: { code: { type: 'string' }, detail: { type: 'string' } },
  }
  return {
    operationId: operation.path.startsWith('/api/') ? `${operation.path.split('/')[2]}.${name}` : name,
    summary: operation.summary,
    description: `Permission: \`${operation.permission}\``,
    tags: [operation.path.split('/')[2] ?? 'other'],
    ...(operation.permission === 'public' ? { security: [] } : {}),
    ...(params ? { params } : {}),
    ...(rest ? (inQuery ? { querystring: rest } : { body: rest }) : {}),
    response: {
      [operation.status ?? 200]: { description: 'Done', ...schemaOf(operation.output, 'output') },
      '4xx': problem,
    },
  }
}
