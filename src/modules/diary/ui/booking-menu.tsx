import { ActionIcon, Menu } from '@mantine/core'
import { IconCalendarTime, IconDoorEnter, IconDots, IconPlayerPlay, IconUserOff, IconX } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useAct } from '../../../ui/call.ts'
import { useSay } from '../../../ui/language/index.ts'
import { type Booking, diary } from '../contract.ts'
import { bookingAnswers } from './answers.ts'

const MoveDialog = lazy(async () => ({ default: (await import('./move-dialog.tsx')).MoveDialog }))
const CancelDialog = lazy(async () => ({ default: (await import('./move-dialog.tsx')).CancelDialog }))

/** What can be done with an appointment that is still to come, or takes place now. */
export const BookingMenu = ({ booking }: { booking: Booking }) => {
  const t = useSay()
  const [open, setOpen] = useState<'move' | 'cancel' | null>(null)
  const note = useAct(diary.noteBooking, { refresh: bookingAnswers })
  const noteThat = (what: 'arrived' | 'began' | 'missed') => () =>
    note.mutate({ id: booking.id, what, version: booking.version })
  return (
    <>
      <Menu position="bottom-end" width={230} withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('booking.more', { title: booking.title })}>
            <IconDots size={15} stroke={1.7} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {!booking.arrivedAt && (
            <Menu.Item leftSection={<IconDoorEnter size={16} />} onClick={noteThat('arrived')}>
              {t('booking.arrived')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconPlayerPlay size={16} />} onClick={noteThat('began')}>
            {t('booking.began')}
          </Menu.Item>
          <Menu.Item leftSection={<IconUserOff size={16} />} onClick={noteThat('missed')}>
            {t('booking.missed')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconCalendarTime size={16} />} onClick={() => setOpen('move')}>
            {t('booking.move')}
          </Menu.Item>
          <Menu.Item leftSection={<IconX size={16} />} onClick={() => setOpen('cancel')}>
            {t('booking.cancel')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open && (
        <Suspense>
          {open === 'move' ? (
            <MoveDialog booking={booking} close={() => setOpen(null)} />
          ) : (
            <CancelDialog booking={booking} close={() => setOpen(null)} />
          )}
        </Suspense>
      )}
    </>
  )
}
