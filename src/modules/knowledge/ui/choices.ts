import { useCall } from '../../../ui/call.ts'
import type { Tone } from '../../../ui/kit/badges.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { identity } from '../../identity/contract.ts'
import { useTeams } from '../../identity/ui/index.ts'
import { knowledge } from '../contract.ts'
import {
  type ArticleKind,
  type ArticleState,
  type Audience,
  articleKinds,
  articleSources,
  articleStates,
  audiences,
} from '../contract-shapes.ts'

const slow = { staleTime: 5 * 60_000 }
type Option = { value: string; label: string }

export const useKindOptions = (): Option[] => {
  const t = useSay()
  return articleKinds.map(value => ({ value, label: t(`article.kind.${value}`) }))
}
export const useSourceOptions = (): Option[] => {
  const t = useSay()
  return articleSources.map(value => ({ value, label: t(`article.source.${value}`) }))
}
export const useAudienceOptions = (): Option[] => {
  const t = useSay()
  return audiences.map(value => ({ value, label: t(`article.audience.${value}`) }))
}
export const useStateOptions = (): Option[] => {
  const t = useSay()
  return articleStates.map(value => ({ value, label: t(`article.state.${value}`) }))
}

export const useTopicOptions = (): Option[] =>
  (useCall(knowledge.articleTopics, {}, slow).data?.items ?? []).map(({ id, name }) => ({
    value: String(id),
    label: name,
  }))

export const useTeamOptions = (): Option[] => useTeams().map(({ id, name }) => ({ value: String(id), label: name }))

/** Colleagues who are here. */
export const useOwnerOptions = (): Option[] =>
  (useCall(identity.staff, {}, slow).data?.items ?? [])
    .filter(member => member.endedAt === null)
    .map(({ id, name }) => ({ value: String(id), label: name }))

/** Languages by their own names. */
export const languages = [
  'en',
  'cy',
  'ar',
  'de',
  'es',
  'fr',
  'it',
  'nl',
  'pl',
  'pt',
  'ro',
  'ru',
  'tr',
  'uk',
  'ur',
  'zh',
]
export const languageName = (code: string): string => {
  try {
    return new Intl.DisplayNames([code, 'en'], { type: 'language' }).of(code) ?? code
  } catch {
    return code
  }
}

export const stateTones: Record<ArticleState, Tone> = {
  draft: 'plain',
  in_review: 'note',
  approved: 'info',
  published: 'good',
  archived: 'plain',
}
export const kindTones: Record<ArticleKind, Tone> = {
  informative: 'plain',
  instructive: 'plain',
  directive: 'info',
  warning: 'note',
  safety: 'bad',
}
export const audienceKeys: Record<Audience, `article.audience.${Audience}`> = {
  public: 'article.audience.public',
  staff: 'article.audience.staff',
  team: 'article.audience.team',
}
