import { api, read } from '../../platform/http/api.ts'
import { searching } from './contract-search.ts'
import { suggestionsFor } from './search-suggesting.ts'
import { searchResults } from './searching.ts'

export const searchApi = api(searching, {
  results: read(searchResults),
  suggest: read(async (reading, input) => ({ items: await suggestionsFor(reading, input) })),
})
