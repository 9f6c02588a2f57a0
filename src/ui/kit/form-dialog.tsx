import { Button, Modal, type ModalProps } from '@mantine/core'
import type { ReactNode, SubmitEvent } from 'react'
import { useSay } from '../language/index.ts'
import { useFocusBack } from './focus-back.ts'

type Props = {
  title: string
  close: () => void
  onSubmit: (event: SubmitEvent<HTMLFormElement>) => void
  busy: boolean
  /** Whether enough is filled in to go on. */
  ready?: boolean
  /** What the button says; "Save" where nothing is said. */
  action?: string
  size?: ModalProps['size']
  children: ReactNode
}

/** A form on top of a page, with the way out and the way on at its end. */
export const FormDialog = ({ title, close, onSubmit, busy, ready = true, action, size = 'md', children }: Props) => {
  const t = useSay()
  useFocusBack()
  return (
    <Modal opened onClose={close} title={title} size={size} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form onSubmit={onSubmit} className="rp-stack">
        {children}
        <div className="rp-actions" data-end>
          <Button variant="default" onClick={close}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={!ready}>
            {action ?? t('action.save')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
