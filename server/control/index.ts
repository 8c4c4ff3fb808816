/** The control API: a sibling of the simulated API that has none of its stages. */
import type { FastifyPluginAsync } from 'fastify'
import health from './health.ts'
import { answerNotFound } from './problem.ts'

const control: FastifyPluginAsync = async (app) => {
  app.setNotFoundHandler(answerNotFound)
  await app.register(health)
}

export default control
