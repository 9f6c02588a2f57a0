import type { Kernel } from '../kernel.ts'

/** A way to a part of the customers' pages. `order` is its place among the others; `there` says whether anything is behind it. */
type Way = { href: string; text: string; order: number; there?: (kernel: Kernel) => Promise<boolean> }

const ways = new Map<string, Way>()

/** A module that has pages for customers says where they begin. */
export const linkForCustomers = (way: Way): void => void ways.set(way.href, way)

/** The same links on every page for customers, in their order; those that would lead to nothing are left out. */
export const linksForCustomers = async (kernel: Kernel): Promise<{ href: string; text: string }[]> => {
  const all = [...ways.values()].toSorted((a, b) => a.order - b.order)
  const there = await Promise.all(all.map(async way => way.there === undefined || way.there(kernel)))
  return all.filter((_, i) => there[i]).map(({ href, text }) => ({ href, text }))
}
