using Microsoft.EntityFrameworkCore;
using TftPortal.Settings;

namespace TftPortal.Access.Records;

/// <summary>Which migrations a database has had.</summary>
internal static class RecordsVersion
{
    /// <summary>Whether there are migrations to apply.</summary>
    /// <exception cref="WrongSettingException">It has had some that this program doesn't know: a newer one made them, and what they mean is not known here.</exception>
    public static bool IsOld(PortalRecords records, string name)
    {
        var applied = records.Database.GetAppliedMigrations().ToList();
        var known = records.Database.GetMigrations().ToList();
        if (applied.Except(known, StringComparer.Ordinal).ToList() is [var newer, ..])
            throw new WrongSettingException($"{name} was made by a newer version of this program (it has {newer}). Start that version again, or bring back a copy of the database from before the update.");
        return applied.Count < known.Count;
    }
}
