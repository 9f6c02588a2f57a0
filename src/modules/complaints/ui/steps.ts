import type { Complaint } from '../contract.ts'

export const stepNames = [
  'acknowledge',
  'update',
  'investigate',
  'respond',
  'escalate',
  'extend',
  'assess',
  'close',
] as const
export type StepName = (typeof stepNames)[number]

/** What can be done next, what is due first before the rest. */
export const stepsOf = ({ stages, stage, regime }: Complaint): StepName[] => {
  const now = stages.find(one => one.stage === stage)
  if (!now?.acknowledgedOn && !now?.decision) return ['acknowledge', 'investigate', 'respond', 'assess', 'close']
  if (!now.decision)
    return now.investigator
      ? ['respond', 'investigate', 'update', 'assess', 'close']
      : ['investigate', 'respond', 'update', 'assess', 'close']
  return stage < regime.stages ? ['close', 'escalate', 'assess'] : ['close', 'assess']
}
