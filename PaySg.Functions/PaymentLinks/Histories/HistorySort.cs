namespace PaySg.Functions.PaymentLinks.Histories;

/// <summary>What histories are sorted by. Equal ones are in the order of their ids.</summary>
internal enum HistorySort
{
    /// <summary>By id, which is the order in which the payers began.</summary>
    Id,

    Amount,

    /// <summary>By when they were paid; those that were not come before all others.</summary>
    PaymentDate,
}
