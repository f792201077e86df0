import { layGround } from '../../bench/ground.ts'

/** Lays out a town with the program it is bundled with, and says where: a line of JSON. It stays until whoever asked takes it away. */
const { folder, environment, town, apiKey, people } = await layGround({ people: 40, pictures: true })
process.stdout.write(`${JSON.stringify({ folder, environment, town, apiKey, people })}\n`)
