import { useDirection, useMantineColorScheme } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useEffect } from 'react'
import type { Preferences } from '../../modules/identity/contract.ts'
import { speak } from '../language/index.ts'

/** How the screen looks for whoever is signed in: everything a person may need otherwise than most do. */
export const useLooks = (preferences: Preferences | undefined) => {
  const { setColorScheme } = useMantineColorScheme()
  const { setDirection } = useDirection()
  const wishesContrast = useMediaQuery('(prefers-contrast: more)') ?? false
  const {
    colourScheme,
    density = 'comfortable',
    language = 'en',
    textSize = 100,
    contrast = 'system',
    motion = 'system',
    direction = 'ltr',
  } = preferences ?? {}
  const high = contrast === 'high' || (contrast === 'system' && wishesContrast)
  useEffect(() => {
    if (colourScheme) setColorScheme(colourScheme)
  }, [colourScheme, setColorScheme])
  useEffect(() => setDirection(direction), [direction, setDirection])
  useEffect(() => speak(language), [language])
  useEffect(() => {
    const root = document.documentElement
    root.dataset.density = density
    root.dataset.contrast = high ? 'high' : 'normal'
    root.dataset.motion = motion
    // Everything is measured in rem, so that it grows with the text.
    root.style.fontSize = textSize === 100 ? '' : `${textSize}%`
  }, [density, high, motion, textSize])
}
