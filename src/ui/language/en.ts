import { en as assignment } from '../../modules/assignment/ui/en.ts'
import { en as authority } from '../../modules/authority/ui/en.ts'
import { en as automation } from '../../modules/automation/ui/en.ts'
import { en as cases } from '../../modules/cases/ui/en.ts'
import { later } from '../../modules/cases/ui/en-later.ts'
import { en as catalogue } from '../../modules/catalogue/ui/en.ts'
import { en as channels } from '../../modules/channels/ui/en.ts'
import { en as codes } from '../../modules/codes/ui/en.ts'
import { en as complaints } from '../../modules/complaints/ui/en.ts'
import { en as cover } from '../../modules/cover/ui/en.ts'
import { en as deliveries } from '../../modules/deliveries/ui/en.ts'
import { en as demand } from '../../modules/demand/ui/en.ts'
import { en as diary } from '../../modules/diary/ui/en.ts'
import { en as identity } from '../../modules/identity/ui/en.ts'
import { en as knowledge } from '../../modules/knowledge/ui/en.ts'
import { en as messengers } from '../../modules/messengers/ui/en.ts'
import { en as notifications } from '../../modules/notifications/ui/en.ts'
import { en as offers } from '../../modules/offers/ui/en.ts'
import { en as people } from '../../modules/people/ui/en.ts'
import { en as portal } from '../../modules/portal/ui/en.ts'
import { en as procedures } from '../../modules/procedures/ui/en.ts'
import { en as promises } from '../../modules/promises/ui/en.ts'
import { en as purchases } from '../../modules/purchases/ui/en.ts'
import { en as referrals } from '../../modules/referrals/ui/en.ts'
import { en as returns } from '../../modules/returns/ui/en.ts'
import { en as levels } from '../../modules/service-levels/ui/en.ts'
import { en as telephone } from '../../modules/telephone/ui/en.ts'
import { en as widget } from '../../modules/widget/ui/en.ts'
import { perf } from '../shell/perf-words.ts'
import { shell } from './shell.ts'

/** Every word on screen. Each module keeps its own beside its screens. */
export const en = {
  ...shell,
  ...identity,
  ...people,
  ...authority,
  ...promises,
  ...cases,
  ...assignment,
  ...levels,
  ...diary,
  ...complaints,
  ...cover,
  ...offers,
  ...deliveries,
  ...later,
  ...catalogue,
  ...purchases,
  ...returns,
  ...demand,
  ...referrals,
  ...procedures,
  ...codes,
  ...channels,
  ...messengers,
  ...telephone,
  ...automation,
  ...portal,
  ...notifications,
  ...widget,
  ...knowledge,
  ...perf,
}
