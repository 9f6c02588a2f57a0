import type { Sentences } from '../../platform/events/telling.ts'

const named = ({ data }: { data: Record<string, unknown> }) => ({ name: String(data.name) })

export const sentences: Sentences = {
  'widget.site_added': named,
  'widget.site_changed': named,
  'widget.site_ended': named,
}
