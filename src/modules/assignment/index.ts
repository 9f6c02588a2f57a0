export { addRule as addAssignmentRule } from './rules.ts'
export { addSkill, setWorkload } from './skills.ts'
