/** By which the purchases know what a line of a return did to them: its goods, and its money. */
export const goodsKey = (returnId: number, position: number): string => `return ${returnId} line ${position} goods`
export const moneyKey = (returnId: number, position: number): string => `return ${returnId} line ${position} money`
