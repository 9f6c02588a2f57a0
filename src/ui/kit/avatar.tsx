const hues = [172, 205, 262, 320, 24, 46, 96, 140]

const initialsOf = (name: string) => {
  const words = name.trim().split(/\s+/)
  return ((words[0]?.[0] ?? '?') + (words.length > 1 ? (words.at(-1)?.[0] ?? '') : '')).toUpperCase()
}

/** Initials in a quiet colour that stays the same for the same name. Decoration, drawn by the style sheet: the name always stands beside it. */
export const Avatar = ({ name, size = 28 }: { name: string; size?: number }) => {
  const hue = hues[Array.from(name).reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % hues.length] ?? 172
  const style = {
    width: size,
    height: size,
    fontSize: Math.max(10, Math.round(size * 0.38)),
    '--rp-hue-bg': `light-dark(hsl(${hue} 42% 91%), hsl(${hue} 22% 26%))`,
    '--rp-hue-fg': `light-dark(hsl(${hue} 55% 25%), hsl(${hue} 45% 84%))`,
  }
  return <span className="rp-avatar" style={style} data-initials={initialsOf(name)} aria-hidden />
}
