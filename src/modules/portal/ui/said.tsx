import { Avatar } from '../../../ui/kit/avatar.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { PortalTalk } from '../contract.ts'
import { FilesSaid } from './files.tsx'

/** What was said in a request, by us and by whoever asked. */
export const Said = ({ talk }: { talk: PortalTalk }) => {
  const t = useSay()
  return (
    <ol className="rp-talk">
      {talk.messages.map(message => (
        <li key={message.id} data-us={message.fromUs || undefined}>
          <div className="rp-message-head">
            <Avatar name={message.from} size={26} />
            <strong>{message.from}</strong>
            <span className="rp-dim rp-small">
              <TimeAgo at={message.at} />
              {message.noted && ` · ${t('requests.noted')}`}
            </span>
          </div>
          <div className="rp-talk-text" dir="auto">
            {message.text}
          </div>
          <FilesSaid id={talk.id} files={message.attachments} />
        </li>
      ))}
    </ol>
  )
}
