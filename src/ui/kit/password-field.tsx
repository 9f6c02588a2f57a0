import { PasswordInput, type PasswordInputProps } from '@mantine/core'
import { useSay } from '../language/index.ts'

/** A password, shown on demand; a mistake in it is told to a screen reader too. */
export const PasswordField = (props: PasswordInputProps) => {
  const t = useSay()
  return (
    <PasswordInput
      aria-invalid={Boolean(props.error) || undefined}
      visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
      {...props}
    />
  )
}
