using TftPortal.Settings;

namespace TftPortal.Access.Records;

/// <summary>Where the records are kept.</summary>
internal interface IRecordsPlace
{
    /// <summary>What messages call it.</summary>
    string Name { get; }

    /// <summary>Whether nobody on the way there can read what is sent or stand in for it.</summary>
    bool IsPrivate { get; }

    /// <summary>Makes the tables where there are none, and applies this version's migrations, before anything is read.</summary>
    /// <exception cref="WrongSettingException">It can't be used; the message says what to do.</exception>
    void Open();
}
