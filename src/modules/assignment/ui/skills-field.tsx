import { NativeSelect } from '@mantine/core'
import { useCall } from '../../../ui/call.ts'
import { useSay } from '../../../ui/language/index.ts'
import { assignment, type Needed } from '../contract.ts'

const levels = [0, 1, 2, 3] as const

/** How well somebody is able to do each thing that is declared. */
export const SkillsField = ({ skills, set }: { skills: readonly Needed[]; set: (skills: Needed[]) => void }) => {
  const t = useSay()
  const all = useCall(assignment.skills, {}).data?.items ?? []
  if (all.length === 0) return <p className="rp-dim">{t('skill.none')}</p>
  const put = (skillId: number, level: number) => {
    const others = skills.filter(one => one.skillId !== skillId)
    set(level === 0 ? others : [...others, { skillId, level }])
  }
  return (
    <div className="rp-columns">
      {all.map(skill => (
        <NativeSelect
          key={skill.id}
          label={skill.name}
          data={levels.map(level => ({ value: String(level), label: t(`skill.level.${level}`) }))}
          value={String(skills.find(one => one.skillId === skill.id)?.level ?? 0)}
          onChange={event => put(skill.id, Number(event.currentTarget.value))}
        />
      ))}
    </div>
  )
}
