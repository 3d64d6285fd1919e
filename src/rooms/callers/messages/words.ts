import { wordsOf } from '../../../ui/words.ts'
import da from './da.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }
import zhHans from './zh-Hans.json' with { type: 'json' }

export const words = wordsOf({ en, da, 'zh-Hans': zhHans })
