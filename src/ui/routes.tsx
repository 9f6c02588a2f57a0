import { Navigate, type RouteObject } from 'react-router'
import { settings as assignmentSettings } from '../modules/assignment/ui/index.ts'
import { settings as authoritySettings } from '../modules/authority/ui/index.ts'
import { routes as automation } from '../modules/automation/ui/index.ts'
import { settings as caseSettings, routes as cases } from '../modules/cases/ui/index.ts'
import { routes as catalogue, settings as catalogueSettings } from '../modules/catalogue/ui/index.ts'
import { routes as channels } from '../modules/channels/ui/index.ts'
import { routes as codes } from '../modules/codes/ui/index.ts'
import { routes as complaints } from '../modules/complaints/ui/index.ts'
import { routes as cover } from '../modules/cover/ui/index.ts'
import { routes as deliveries } from '../modules/deliveries/ui/index.ts'
import { routes as demand } from '../modules/demand/ui/index.ts'
import { routes as diary, settings as diarySettings } from '../modules/diary/ui/index.ts'
import { doors, routes as identity, settings } from '../modules/identity/ui/index.ts'
import { routes as knowledge } from '../modules/knowledge/ui/index.ts'
import { settings as messengers } from '../modules/messengers/ui/index.ts'
import { routes as notifications } from '../modules/notifications/ui/index.ts'
import { settings as offerSettings } from '../modules/offers/ui/index.ts'
import { routes as people, settings as peopleSettings } from '../modules/people/ui/index.ts'
import { routes as portal, settings as portalSettings } from '../modules/portal/ui/index.ts'
import { routes as procedureRoutes, settings as procedureSettings } from '../modules/procedures/ui/index.ts'
import { routes as purchases } from '../modules/purchases/ui/index.ts'
import { routes as referralRoutes } from '../modules/referrals/ui/index.ts'
import { settings as returnSettings, routes as returns } from '../modules/returns/ui/index.ts'
import { settings as levelSettings } from '../modules/service-levels/ui/index.ts'
import { settings as telephone } from '../modules/telephone/ui/index.ts'
import { settings as widgetSettings } from '../modules/widget/ui/index.ts'
import { loadWords } from './language/index.ts'
import { Gate } from './shell/gate.tsx'
import { NotFound, RouteProblem } from './shell/not-found.tsx'
import { Root } from './shell/root.tsx'

/** A screen with its words. Those of the queue are there from the start. */
const withWords = (screens: RouteObject[]): RouteObject[] =>
  screens.map(({ lazy, ...route }) => {
    if (typeof lazy !== 'function' || route.path?.startsWith('queue')) return { ...route, lazy } as RouteObject
    return { ...route, lazy: () => loadWords().then(lazy) }
  })

const settingsFrame = async () => {
  const [{ OrganisationLayout }] = await Promise.all([import('./shell/organisation.tsx'), loadWords()])
  return { Component: OrganisationLayout }
}
const settingsStart = async () => ({ Component: (await import('./shell/organisation.tsx')).OrganisationIndex })

/** Every address of the program. Screens are loaded when they are first opened. */
export const routes: RouteObject[] = [
  {
    element: <Root />,
    errorElement: <RouteProblem />,
    HydrateFallback: () => null,
    children: [
      ...withWords(doors),
      {
        element: <Gate />,
        errorElement: <RouteProblem />,
        children: [
          { index: true, element: <Navigate to="/queue" replace /> },
          ...withWords(cases),
          ...withWords(referralRoutes),
          ...withWords(complaints),
          ...withWords(procedureRoutes),
          ...withWords(diary),
          ...withWords(cover),
          ...withWords(deliveries),
          ...withWords(people),
          ...withWords(catalogue),
          ...withWords(purchases),
          ...withWords(returns),
          ...withWords(demand),
          ...withWords(knowledge),
          ...withWords(codes),
          ...withWords(portal),
          ...withWords(notifications),
          ...withWords(identity),
          {
            path: 'organisation',
            lazy: settingsFrame,
            children: [
              { index: true, lazy: settingsStart },
              ...withWords(settings),
              ...withWords(authoritySettings),
              ...withWords(caseSettings),
              ...withWords(levelSettings),
              ...withWords(assignmentSettings),
              ...withWords(procedureSettings),
              ...withWords(diarySettings),
              ...withWords(offerSettings),
              ...withWords(peopleSettings),
              ...withWords(catalogueSettings),
              ...withWords(returnSettings),
              ...withWords(channels),
              ...withWords(messengers),
              ...withWords(telephone),
              ...withWords(portalSettings),
              ...withWords(widgetSettings),
              ...withWords(automation),
            ],
          },
          { path: '*', element: <NotFound /> },
        ],
      },
    ],
  },
]
