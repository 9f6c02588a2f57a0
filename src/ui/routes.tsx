import { Navigate, type RouteObject } from 'react-router'
import { routes as automation } from '../modules/automation/ui/index.ts'
import { settings as caseSettings, routes as cases } from '../modules/cases/ui/index.ts'
import { routes as channels } from '../modules/channels/ui/index.ts'
import { doors, routes as identity, settings } from '../modules/identity/ui/index.ts'
import { settings as messengers } from '../modules/messengers/ui/index.ts'
import { routes as notifications } from '../modules/notifications/ui/index.ts'
import { routes as people, settings as peopleSettings } from '../modules/people/ui/index.ts'
import { routes as portal, settings as portalSettings } from '../modules/portal/ui/index.ts'
import { settings as telephone } from '../modules/telephone/ui/index.ts'
import { settings as widgetSettings } from '../modules/widget/ui/index.ts'
import { Gate } from './shell/gate.tsx'
import { NotFound, RouteProblem } from './shell/not-found.tsx'
import { OrganisationIndex, OrganisationLayout } from './shell/organisation.tsx'
import { Root } from './shell/root.tsx'

/** Every address of the program. Screens are loaded when they are first opened. */
export const routes: RouteObject[] = [
  {
    element: <Root />,
    errorElement: <RouteProblem />,
    HydrateFallback: () => null,
    children: [
      ...doors,
      {
        element: <Gate />,
        errorElement: <RouteProblem />,
        children: [
          { index: true, element: <Navigate to="/queue" replace /> },
          ...cases,
          ...people,
          ...portal,
          ...notifications,
          ...identity,
          {
            path: 'organisation',
            element: <OrganisationLayout />,
            children: [
              { index: true, element: <OrganisationIndex /> },
              ...settings,
              ...caseSettings,
              ...peopleSettings,
              ...channels,
              ...messengers,
              ...telephone,
              ...portalSettings,
              ...widgetSettings,
              ...automation,
            ],
          },
          { path: '*', element: <NotFound /> },
        ],
      },
    ],
  },
]
