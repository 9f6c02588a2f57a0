import { createTheme, type MantineColorsTuple } from '@mantine/core'

/** One accent. White on shade 7 is 6.3 : 1, on shade 6 (dark scheme) 4.7 : 1; shade 3 on the dark ground 9 : 1. */
const pine: MantineColorsTuple = [
  '#eef8f6',
  '#d9efeb',
  '#b3dfd8',
  '#86cbc1',
  '#57b3a7',
  '#2f998d',
  '#1b8278',
  '#126b63',
  '#0e5650',
  '#0a423e',
]
const gray: MantineColorsTuple = [
  '#f8f8f7',
  '#f1f1ef',
  '#e6e6e3',
  '#d9d9d5',
  '#c2c2bd',
  '#9a9b97',
  '#5f6361',
  '#484c4a',
  '#323634',
  '#1d201f',
]
const dark: MantineColorsTuple = [
  '#e4e6e5',
  '#c9cdcb',
  '#a6acaa',
  '#7f8684',
  '#484e4d',
  '#363b3b',
  '#292d2d',
  '#1a1d1d',
  '#151818',
  '#101212',
]

const fontFamily = "Inter, ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"

export const theme = createTheme({
  colors: { pine, gray, dark },
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  black: '#1d201f',
  fontFamily,
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.35' },
  headings: {
    fontFamily,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.35' },
      h2: { fontSize: '1rem', lineHeight: '1.4' },
      h3: { fontSize: '0.875rem', lineHeight: '1.45' },
    },
  },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' }, styles: { label: { fontWeight: 550 } } },
    InputWrapper: { styles: { label: { marginBottom: 4, fontWeight: 550 }, description: { marginBottom: 4 } } },
    Modal: {
      styles: { title: { fontSize: '1rem', fontWeight: 600 } },
      defaultProps: {
        radius: 'lg',
        centered: true,
        overlayProps: { backgroundOpacity: 0.35 },
        transitionProps: { duration: 120 },
      },
    },
    Menu: { defaultProps: { shadow: 'md', radius: 'md', transitionProps: { duration: 90 } } },
    Popover: { defaultProps: { shadow: 'md', radius: 'md', transitionProps: { duration: 90 } } },
    Tooltip: {
      defaultProps: {
        openDelay: 350,
        withArrow: false,
        multiline: true,
        maw: 320,
        events: { hover: true, focus: true, touch: false },
      },
    },
    Table: { defaultProps: { verticalSpacing: 'xs', horizontalSpacing: 'sm' } },
    Switch: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { checkIconPosition: 'right', nothingFoundMessage: undefined } },
  },
})
