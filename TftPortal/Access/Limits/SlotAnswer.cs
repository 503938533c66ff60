namespace TftPortal.Access.Limits;

/// <summary>Whether one more page may be open.</summary>
internal enum SlotAnswer
{
    Free,
    PartIsFull,
    AllAreFull,
}
