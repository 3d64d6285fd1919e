/** What is wrong with days somebody wants to propose, and what to do: an English sentence for the command line. */
export class HolidayProblem extends Error {
  constructor(sentence: string) {
    super(sentence)
    this.name = 'HolidayProblem'
  }
}
