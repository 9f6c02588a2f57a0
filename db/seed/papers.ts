import { buffer } from 'node:stream/consumers'
import PDFDocument from 'pdfkit'

type Paper = { file: string; title: string; from: string; lines: string[] }

/** What customers send along: named in a story as `file=receipt`. */
const papers: Record<string, Paper> = {
  receipt: {
    file: 'Receipt HH-48213.pdf',
    title: 'Receipt',
    from: 'Harbour Home, The Quay 4',
    lines: [
      'Order HH-48213',
      '1 steel kettle, 1.7 litres, batch 2231    39.00',
      'Paid at the counter in cash',
      'Guarantee: two years with this receipt',
    ],
  },
  transport: {
    file: 'Delivery note.pdf',
    title: 'Delivery note',
    from: 'Harbour Home, warehouse',
    lines: [
      'Floor lamp Skagen, black    1 piece, 1 parcel of 14 kg',
      'Handed over without damage to the packing',
      'Please open the parcel while the driver is there',
    ],
  },
  fees: {
    file: 'Statement of fees.pdf',
    title: 'Statement of fees',
    from: 'College, evening courses',
    lines: [
      'Pottery for beginners, autumn term    84.00',
      'Pottery for beginners, autumn term    84.00',
      'Balance 168.00',
    ],
  },
}

/** A paper as a PDF of one page, dated when it was sent. @throws Error for one that nobody wrote */
export const paperOf = async (name: string, at: Date): Promise<{ name: string; type: string; content: Buffer }> => {
  const paper = papers[name]
  if (!paper) throw new Error(`The sample knows no paper "${name}"`)
  const page = new PDFDocument({ size: 'A5', margin: 48, info: { Title: paper.title, CreationDate: at } })
  page.fontSize(10).text(paper.from).moveDown(2)
  page.fontSize(18).text(paper.title).moveDown()
  page.fontSize(11)
  for (const line of paper.lines) page.text(line).moveDown(0.5)
  page.end()
  return { name: paper.file, type: 'application/pdf', content: await buffer(page) }
}
