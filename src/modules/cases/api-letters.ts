import { api, edge } from '../../platform/http/api.ts'
import type { Surroundings } from '../../platform/module.ts'
import { letters } from './contract-letters.ts'
import { attachLetter } from './lettering.ts'

export const lettersApi = ({ files }: Pick<Surroundings, 'files'>) =>
  api(letters, {
    attachLetter: edge(({ kernel, actor, request }) => attachLetter(kernel, files, actor, request)),
  })
