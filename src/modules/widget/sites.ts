import { randomBytes } from 'node:crypto'
import { jwtVerify } from 'jose'
import { seal, unseal } from '../../platform/key.ts'
import { assertFresh, notFound, refuseField } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { assertTeam } from '../identity/index.ts'

type Row = {
  id: number
  name: string
  origin: string
  key: string
  secret: Buffer
  team_id: number | null
  greeting: string
  colour: string
  version: number
}

const columns = ['id', 'name', 'origin', 'key', 'secret', 'team_id', 'greeting', 'colour', 'version'] as const

/** The site of a key; one that ended is not there. */
export const siteByKey = async ({ db }: Pick<Reading, 'db'>, key: string): Promise<Row> =>
  (await db
    .selectFrom('widget_sites')
    .select(columns)
    .where('key', '=', key)
    .where('ended_at', 'is', null)
    .executeTakeFirst()) ?? notFound('site')

/**
 * Black or white, whichever can be read on a colour: one of them always has 4.5 : 1.
 * Source: WCAG 2.2, "relative luminance" and "contrast ratio".
 */
export const inkOn = (colour: string): string => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map(at => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map(part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  return 1.05 / (luminance + 0.05) >= 4.5 ? '#fff' : '#000'
}

const shown = ({ secret: _secret, team_id, ...site }: Row, baseUrl: string) => ({
  ...site,
  teamId: team_id,
  snippet: `<script async src="${baseUrl}/widget.js" data-site="${site.key}" data-colour="${site.colour}" data-ink="${inkOn(site.colour)}"></script>`,
})

export const sitesOf = async ({ db }: Pick<Reading, 'db'>, baseUrl: string) => {
  const rows = await db
    .selectFrom('widget_sites')
    .select(columns)
    .where('ended_at', 'is', null)
    .orderBy('name')
    .execute()
  return rows.map(row => shown(row, baseUrl))
}

type Keys = { sites: Buffer; baseUrl: string }
const newSecret = () => randomBytes(32).toString('base64url')

type NewSite = { name: string; origin: string; teamId: number | null; greeting: string; colour: string }

export const addSite = async (work: Work, keys: Keys, input: NewSite) => {
  await assertTeam(work, input.teamId)
  const secret = newSecret()
  const row = await work.tx
    .insertInto('widget_sites')
    .values({
      name: input.name,
      origin: input.origin,
      key: randomBytes(12).toString('base64url'),
      secret: seal(keys.sites, Buffer.from(secret)),
      team_id: input.teamId,
      greeting: input.greeting,
      colour: input.colour,
    })
    .returning(columns)
    .executeTakeFirstOrThrow()
  work.record({ type: 'widget.site_added', subject: { kind: 'widget_site', id: row.id }, data: { name: row.name } })
  return { ...shown(row, keys.baseUrl), secret }
}

type Change = { [K in keyof NewSite]?: NewSite[K] | undefined } & {
  id: number
  newSecret?: true | undefined
  ended?: true | undefined
  version?: number | undefined
}

/** @throws Refusal `stale` with an old version, `invalid` naming `teamId` */
export const changeSite = async (work: Work, keys: Keys, input: Change) => {
  const before =
    (await work.tx
      .selectFrom('widget_sites')
      .select(columns)
      .where('id', '=', input.id)
      .where('ended_at', 'is', null)
      .executeTakeFirst()) ?? notFound('site')
  assertFresh(before.version, input.version, 'site')
  await assertTeam(work, input.teamId)
  const secret = input.newSecret ? newSecret() : null
  const row = await work.tx
    .updateTable('widget_sites')
    .set({
      name: input.name ?? before.name,
      origin: input.origin ?? before.origin,
      team_id: input.teamId === undefined ? before.team_id : input.teamId,
      greeting: input.greeting ?? before.greeting,
      colour: input.colour ?? before.colour,
      version: before.version + 1,
      ...(secret ? { secret: seal(keys.sites, Buffer.from(secret)) } : {}),
      ...(input.ended ? { ended_at: work.now } : {}),
    })
    .where('id', '=', input.id)
    .returning(columns)
    .executeTakeFirstOrThrow()
  work.record({
    type: input.ended ? 'widget.site_ended' : 'widget.site_changed',
    subject: { kind: 'widget_site', id: row.id },
    data: { name: row.name },
  })
  return { ...shown(row, keys.baseUrl), secret }
}

/** Who a website says its visitor is. */
export type Signed = { email: string; name: string | undefined }

/**
 * What a website has signed about its visitor: HS256 with the site's own secret, for this site (`aud`), not expired.
 * @throws Refusal naming `identity` with what is wrong
 */
export const readIdentity = async (key: Buffer, site: Row, token: string, now: Date): Promise<Signed> => {
  const secret = unseal(key, site.secret)
  try {
    const { payload } = await jwtVerify(token, secret, {
      algorithms: ['HS256'],
      audience: site.key,
      currentDate: now,
      requiredClaims: ['exp', 'email'],
      maxTokenAge: '1 day',
    })
    const email = typeof payload.email === 'string' ? payload.email : ''
    if (!/^[^\s@<>"]+@[^\s@<>"]+$/.test(email)) throw new Error('no address')
    return { email, name: typeof payload.name === 'string' ? payload.name.slice(0, 200) : undefined }
  } catch (error) {
    return refuseField('identity', `The website's token does not hold: ${whyNot((error as { code?: string }).code)}.`)
  }
}

const whyNot = (code: string | undefined): string => {
  if (code === 'ERR_JWT_EXPIRED') return 'it has expired'
  if (code === 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED') return 'it was not signed with the secret of this site'
  if (code === 'ERR_JWT_CLAIM_VALIDATION_FAILED') return 'it is for another site, or lacks aud, iat, exp or email'
  return 'it cannot be read'
}
