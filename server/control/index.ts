/** The control API: a sibling of the simulated API that has none of its stages. */
import type { FastifyPluginAsync } from 'fastify'
import type { Clouds } from '../clouds.ts'
import clock from './clock.ts'
import type { Control } from './control.ts'
import faults from './faults.ts'
import guards, { type GuardOptions } from './guards.ts'
import health from './health.ts'
import jsonBody from './json-body.ts'
import { answerUnknown } from './not-found.ts'
import operations from './operations.ts'
import { answerError } from './problem.ts'
import report from './report.ts'
import requests from './requests.ts'
import reset from './reset.ts'
import { addControls } from './routes.ts'
import sandboxes from './sandboxes.ts'
import seed from './seed.ts'
import snapshots from './snapshots.ts'
import state from './state.ts'

/** Every call with what it does. */
export const CONTROLS: readonly Control[] = [
  ...health,
  ...reset,
  ...state,
  ...snapshots,
  ...seed,
  ...faults,
  ...clock,
  ...requests,
  ...report,
  ...operations,
  ...sandboxes,
]

export interface ControlOptions extends GuardOptions {
  clouds: Clouds
}

const control: FastifyPluginAsync<ControlOptions> = async (app, { clouds, ...guarded }) => {
  app.setErrorHandler(answerError)
  app.setNotFoundHandler(answerUnknown)
  await app.register(guards, guarded)
  await app.register(jsonBody)
  addControls(app, CONTROLS, clouds)
}

export default control
