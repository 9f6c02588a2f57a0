import { Modal } from '@mantine/core'
import { QuickLog } from '../../modules/cases/ui/index.ts'
import { useFocusBack } from '../kit/focus-back.ts'
import { useSay } from '../language/index.ts'

const LogModal = ({ close }: { close: () => void }) => {
  const t = useSay()
  useFocusBack()
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={t('log.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
      closeOnClickOutside={false}
    >
      <QuickLog />
    </Modal>
  )
}

export default LogModal
