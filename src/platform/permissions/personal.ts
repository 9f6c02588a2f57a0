import * as z from 'zod'

/** What zod keeps about the parts of a shape; only what is walked here. */
type Def = {
  type: string
  innerType?: z.ZodType
  element?: z.ZodType
  shape?: Record<string, z.ZodType>
  options?: readonly z.ZodType[]
  in?: z.ZodType
  out?: z.ZodType
  valueType?: z.ZodType
  items?: readonly z.ZodType[]
}
const defOf = (shape: z.ZodType): Def => shape._zod.def

/** A shape without what only says whether it may be missing, be null or has a default. */
const inside = (shape: z.ZodType): z.ZodType | null => {
  const def = defOf(shape)
  if (def.innerType) return def.innerType
  if (def.type === 'pipe') return (def.in && defOf(def.in).type === 'transform' ? def.out : def.in) ?? null
  // The shape zod made of it once: asked again, the getter would make another, without end.
  return def.type === 'lazy' ? (shape as z.ZodLazy<z.ZodType>)._zod.innerType : null
}

/** Whether a contract marks this field as personal, on the shape itself or on what it wraps. */
export const isPersonal = (shape: z.ZodType): boolean => {
  for (let at: z.ZodType | null = shape; at; at = inside(at)) if (z.globalRegistry.get(at)?.['x-personal']) return true
  return false
}

/** The shape below all wrappers. */
const core = (shape: z.ZodType): z.ZodType => {
  const next = inside(shape)
  return next ? core(next) : shape
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export type Field = { path: string; name: string; type: string; personal: boolean }

/** Every field of a shape that holds no further ones, by where it stands (`items[].requester.name`). */
export const fieldsOf = (shape: z.ZodType): Field[] => {
  const walk = (at: z.ZodType, path: string, name: string, marked: boolean, seen: readonly z.ZodType[]): Field[] => {
    const personal = marked || isPersonal(at)
    const bare = core(at)
    if (seen.includes(bare)) return []
    const def = defOf(bare)
    const into = (next: z.ZodType, more: string, called = name) =>
      walk(next, `${path}${more}`, called, personal, [...seen, bare])
    if (def.shape)
      return Object.entries(def.shape).flatMap(([key, child]) => into(child, path === '' ? key : `.${key}`, key))
    if (def.element) return into(def.element, '[]')
    if (def.options) return def.options.flatMap(option => into(option, ''))
    if (def.items) return def.items.flatMap(item => into(item, '[]'))
    if (def.valueType && defOf(core(def.valueType)).type !== 'unknown') return into(def.valueType, '{}')
    return [{ path, name, type: def.type, personal }]
  }
  return walk(shape, '', '', false, [])
}

const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value === 'number') return [String(value)]
  if (Array.isArray(value)) return value.flatMap(textsIn)
  return isObject(value) ? Object.values(value).flatMap(textsIn) : []
}

/**
 * Every text that stands in a field marked as personal, for taking it out of something else, such as an error.
 * @param value need not be of the shape: what does not fit is passed over
 */
export const personalTexts = (shape: z.ZodType, value: unknown): string[] => {
  if (value === null || value === undefined) return []
  if (isPersonal(shape)) return textsIn(value)
  const { shape: fields, element, options, valueType } = defOf(core(shape))
  if (options) return options.flatMap(option => personalTexts(option, value))
  if (element) return Array.isArray(value) ? value.flatMap(item => personalTexts(element, item)) : []
  if (!isObject(value)) return []
  if (valueType) return Object.values(value).flatMap(item => personalTexts(valueType, item))
  return Object.entries(fields ?? {}).flatMap(([key, child]) => personalTexts(child, value[key]))
}

/** A value without the fields its shape marks as personal, and without those the shape does not name. */
export const withoutPersonal = (shape: z.ZodType, value: unknown): unknown => {
  if (value === null || value === undefined) return value
  const { shape: fields, element, options } = defOf(core(shape))
  if (options) {
    const fits = options.find(option => option.safeParse(value).success)
    return fits ? withoutPersonal(fits, value) : null
  }
  if (element && Array.isArray(value))
    return isPersonal(element) ? [] : value.map(item => withoutPersonal(element, item))
  if (!fields || !isObject(value)) return value
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([key, child]) => key in value && !isPersonal(child))
      .map(([key, child]) => [key, withoutPersonal(child, value[key])]),
  )
}

/** Which keys of an event's data, before and after are personal, by its type. A module states its own. */
export type PersonalKeys = Readonly<Record<string, readonly string[]>>

/** Stands where somebody may not read what stood there. */
export const hidden = '•••'

type Told = { type: string; data: unknown; before: unknown; after: unknown }

/** An event for somebody who may not read people: the same keys, without what they say of a person. */
export const hidePersonal = <E extends Told>(event: E, keys: PersonalKeys): E => {
  const personal = keys[event.type]
  if (!personal) return event
  const hide = (part: unknown) =>
    isObject(part)
      ? Object.fromEntries(Object.entries(part).map(([key, value]) => [key, personal.includes(key) ? hidden : value]))
      : part
  return { ...event, data: hide(event.data), before: hide(event.before), after: hide(event.after) }
}
