/** Where a clause stands. */
export interface Around {
  readonly text: string;
  readonly sentence: string;
  /** `On the knowledge page:` before it. */
  readonly place: string;
  readonly isQuestion: boolean;
  /** Clauses of its sentence. */
  readonly count: number;
  readonly isAfterAsk: boolean;
  /** In a series of imperatives. */
  readonly isStep: boolean;
}
