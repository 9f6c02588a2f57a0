import { Button, type ButtonProps, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useSay } from '../language/index.ts'

type Props = ButtonProps & {
  /** What the button says, and the button that carries it out. */
  action: string
  question: string
  text: ReactNode
  onConfirm: () => void
  /** For a button whose visible words repeat in a list. */
  label?: string
}

/** Asks before something that cannot be taken back at once. */
export const ConfirmButton = ({ action, question, text, onConfirm, label, ...button }: Props) => {
  const t = useSay()
  const [opened, { open, close }] = useDisclosure()
  return (
    <>
      <Button variant="default" {...button} {...(label ? { 'aria-label': label } : {})} onClick={open}>
        {action}
      </Button>
      <Modal opened={opened} onClose={close} title={question} closeButtonProps={{ 'aria-label': t('action.close') }}>
        <div className="rp-stack">
          <div>{text}</div>
          <div className="rp-actions" data-end>
            <Button variant="default" onClick={close} data-autofocus>
              {t('action.cancel')}
            </Button>
            <Button
              color="red.8"
              onClick={() => {
                close()
                onConfirm()
              }}
            >
              {action}
            </Button>
          </div>
        </div>
      </Modal>
    </>
  )
}
