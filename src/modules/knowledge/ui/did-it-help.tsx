import { Button } from '@mantine/core'
import { IconThumbDown, IconThumbUp } from '@tabler/icons-react'
import { useAct } from '../../../ui/call.ts'
import { useSay } from '../../../ui/language/index.ts'
import { knowledge } from '../contract.ts'
import type { Article } from '../contract-shapes.ts'

/** Each colleague says once whether it helped, and may think again. */
export const DidItHelp = ({ article }: { article: Article }) => {
  const t = useSay()
  const act = useAct(knowledge.sayIfHelped, { refresh: [knowledge.article, knowledge.articles] })
  const said = act.isPending ? act.variables.helped : article.myAnswer
  return (
    <fieldset className="rp-article-helped">
      <legend>{t('helped.question')}</legend>
      {([true, false] as const).map(helped => {
        const Icon = helped ? IconThumbUp : IconThumbDown
        return (
          <Button
            key={String(helped)}
            size="compact-md"
            variant={said === helped ? 'light' : 'default'}
            aria-pressed={said === helped}
            leftSection={<Icon size={15} stroke={1.8} />}
            onClick={() => act.mutate({ id: article.id, helped })}
          >
            {t(helped ? 'helped.yes' : 'helped.no')}
          </Button>
        )
      })}
      <span className="rp-dim rp-small" role="status">
        {article.myAnswer !== null && t('helped.thanks')}
      </span>
    </fieldset>
  )
}
