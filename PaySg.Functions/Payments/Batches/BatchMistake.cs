namespace PaySg.Functions.Payments.Batches;

/// <summary>What is wrong in a batch's file. It repeats nothing of what the file holds but the name of a column.</summary>
/// <param name="Line">Where the wrong line begins; the first line is 1.</param>
/// <param name="Column">The name of the column; empty: the line as a whole.</param>
/// <param name="Message">What is wrong with it.</param>
internal sealed record BatchMistake(int Line, string Column, string Message);
