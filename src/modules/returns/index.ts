export { moveGoods } from './moving-goods.ts'
export { notePaid } from './paying.ts'
export { publish, saveDraft } from './policies.ts'
export { settle } from './settling.ts'
