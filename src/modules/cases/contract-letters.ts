import * as z from 'zod'
import { operation } from '../../shared/contract.ts'
import { Attachment } from './contract.ts'

export const letters = {
  attachLetter: operation({
    method: 'POST',
    path: '/api/letters',
    permission: 'case.open',
    summary:
      'Make one PDF of scanned or photographed pages (PNG or JPEG, multipart/form-data in their order) for a case that is about to be opened',
    input: z.object({}),
    output: Attachment,
    status: 201,
    bodyLimit: 26_214_400,
  }),
}
