using PaySg.Functions.Access.Members;

namespace PaySg.Functions.Management.Members;

/// <summary>Keeps the count of an owner's administrators in the transaction that changes it: so two changes at once cannot remove the last two.</summary>
internal static class AdministratorCount
{
    /// <summary>Writes the count, which is the main row: it is there before and after, so a write whose answer was lost is known again.</summary>
    /// <param name="counted">The count as it was read; null: there is none.</param>
    /// <param name="change">How many administrators there are more.</param>
    /// <exception cref="ApiException">409 where the last one would go.</exception>
    public static void CountAdministrators(this EntityGroup group, string ownerId, TableEntity? counted, int change)
    {
        var count = MemberRows.ReadCount(counted) + change;
        if (count == 0 && change < 0)
            throw ApiErrors.LastAdministrator();

        var row = MemberRows.WriteCount(ownerId, count);
        _ = counted is null ? group.Insert(row) : group.Replace(row, counted.ETag);
    }
}
